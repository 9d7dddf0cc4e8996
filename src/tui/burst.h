/*
 * burst.h: all that curses sends for one painting leaves in one write.
 */
#ifndef TUI_BURST_H
#define TUI_BURST_H

/* Around one painting: between the two, what is written to stdout waits.  Without memory for it
 * everything is sent at once as before. */
void burst_begin(void);
void burst_end(void);
void burst_close(void); /* sends what waits; may be called at any time */

#endif
