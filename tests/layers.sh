#!/bin/sh
# Holds every #include of a project header against src/LAYERS, and keeps sqlite3.h, curses.h and the
# clock where they belong.
set -eu
bad=$(mktemp)
trap 'rm -f "$bad"' EXIT

sed -e 's/#.*//' -e '/^ *$/d' -e 's/ *: */:/' src/LAYERS | while IFS=: read -r layer may; do
	layer=$(echo "$layer" | tr -d ' ')
	# shellcheck disable=SC2086
	allowed=" $layer $may "
	case $allowed in *" form "*) form="form " ;; *) form= ;; esac
	for f in src/"$layer"/*.[ch]; do
		[ -f "$f" ] || continue
		sed -n 's/^#include "\([a-z_]*\)\/.*/\1/p' "$f" | while read -r used; do
			case $allowed in *" $used "*) ;; *) echo "$f includes $used/" >>"$bad" ;; esac
		done
	done
	# A public header stays inside base, model, form and its own layer, so that nothing comes in by the back
	# door.
	for f in include/"$layer"/*.h; do
		[ -f "$f" ] || continue
		sed -n 's/^#include "\([a-z_]*\)\/.*/\1/p' "$f" | while read -r used; do
			case " base model $form$layer " in *" $used "*) ;; *) echo "$f includes $used/" >>"$bad" ;; esac
		done
	done
done
grep -l 'sqlite3.h' src/*/*.[ch] include/*/*.h 2>/dev/null | grep -v '^src/store/' | sed 's/$/ includes sqlite3.h/' >>"$bad" || true
grep -l 'curses.h' src/*/*.[ch] include/*/*.h 2>/dev/null | grep -v '^src/tui/term.c$' | sed 's/$/ includes curses.h/' >>"$bad" || true
if [ -s "$bad" ]; then
	cat "$bad"
	exit 1
fi
