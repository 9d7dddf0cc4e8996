#!/bin/sh
# The program is hardened as the Makefile asks: position independent, relocations read-only and
# bound at start, no executable stack, stack protector, fortified calls.
set -eu
program=${OHDESK:?}
symbols=$(readelf -W --dyn-syms "$program")
# A build under a sanitizer is for tests alone and has the sanitizer in the place of these.
case $symbols in *__asan_*) exit 0 ;; esac

bad=0
has() { # WHAT PATTERN TEXT
	printf '%s\n' "$3" | grep -Eq "$2" || {
		echo "$program: $1 is missing"
		bad=1
	}
}
headers=$(readelf -W --file-header --program-headers "$program")
dynamic=$(readelf -W --dynamic "$program")
has "position independent code" 'Type: +DYN .*(Position-Independent|Shared)' "$headers"
has "the mark of a position independent program" 'FLAGS_1.* PIE' "$dynamic"
has "read-only relocation" 'GNU_RELRO' "$headers"
has "binding at start" '(BIND_NOW|FLAGS_1.* NOW)' "$dynamic"
has "a stack that is not executable" 'GNU_STACK .* RW  ' "$headers"
has "the stack protector" '__stack_chk_fail' "$symbols"
has "fortified calls" '__(mem|str|v?s?n?printf|f?v?printf|read|fgets|fread|vsn)[a-z]*_chk' "$symbols"
if printf '%s\n' "$dynamic" | grep -Eq 'R(UN)?PATH'; then
	echo "$program looks for libraries in a folder of its own"
	bad=1
fi
exit "$bad"
