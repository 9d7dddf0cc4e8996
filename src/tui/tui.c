/* tui.c: the screens on a real desk. */
#include "tui/tui.h"
#include "loop.h"
#include "screens.h"

static struct moment host_now(struct ui *ui)
{
	struct world *w = ui->own;

	return world_now(w);
}

static const struct host host = { .now = host_now };

int tui_run(struct desk *desk, const struct tui_options *opt, struct err *err)
{
	struct world world = world_system();
	struct ui ui = { .desk = desk, .opt = opt, .own = &world };

	return loop_in_terminal(&ui, &host, screens, opt->first, err);
}
