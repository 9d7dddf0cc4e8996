/* main.c: opens the world and the store, then becomes the command line or the screens. */
#include <stdio.h>

int main(void)
{
	puts("ohdesk " OHDESK_VERSION);
	return 0;
}
