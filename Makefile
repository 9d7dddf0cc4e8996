# ohdesk.  Two commands do everything on a fresh Debian 12:
#   make demo    installs what is missing, builds, makes a practice database, opens the screens
#   make check   installs what the tests need and passes them
# The rest:
#   make         the program alone, build/ohdesk; installs what building needs
#   make bench   times and bytes beside their floors       make soak    the long, random tests
#   make fuzz    bytes that nobody should have sent, for SECS (60) seconds, by clang's libFuzzer
#   make lint    layers, format, static checks             make format  puts the format right
#   make install PREFIX=/usr/local DESTDIR=                make clean
# Sources are found by wildcard: no list here grows with the program.  BUILD=build/NAME keeps builds
# side by side (another compiler, a sanitizer); V=1 shows the compiler's whole command.

BUILD   ?= build
PREFIX  ?= /usr/local
CC      ?= cc
VERSION := 0.1.0

LAYERS  := base model form store clinic sync cli tui
SRCS    := $(sort $(foreach l,$(LAYERS),$(wildcard src/$(l)/*.c)))
OBJS    := $(SRCS:src/%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/built_in.o
LIB     := $(BUILD)/libohdesk.a
PROGRAM := $(BUILD)/ohdesk

PKGS      := ncursesw sqlite3 uuid libsodium libutf8proc libzstd
TEST_PKGS := check vterm
# iniparser has no pkg-config file in Debian 12.  On a fresh machine pkg-config is not there yet: then
# these are empty, READY is too, and the goals below install first and start make again.
LIBS      := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -liniparser
PKGCF     := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
TEST_LIBS := $(shell pkg-config --libs $(TEST_PKGS) 2>/dev/null)
READY     := $(shell pkg-config --exists $(PKGS) 2>/dev/null && command -v $(firstword $(CC)))

# Under a sanitizer gcc warns of what cannot be; the plain builds hold the warnings.
WARN    := -Wall -Wextra -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
           -Wwrite-strings -Wundef -Wformat=2 -Wimplicit-fallthrough $(if $(SAN),,-Werror)
OPT     ?= -O2 -g
# Fortify needs the optimiser.  tests/cli/hardening.sh looks at what came of these.
FORTIFY := $(if $(filter -O0,$(OPT)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
HARDEN  := $(FORTIFY) -fstack-protector-strong -fstack-clash-protection -fPIE
LINKH   := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
# SQLite hides its session interface unless the includer says it wants it; Debian's library has it.
DEFS    := -D_GNU_SOURCE -D_XOPEN_SOURCE_EXTENDED=1 -DSQLITE_ENABLE_SESSION \
           -DSQLITE_ENABLE_PREUPDATE_HOOK -DOHDESK_VERSION='"$(VERSION)"'
# CFLAGS, CPPFLAGS and LDFLAGS stay the builder's own and come last.
COMPILE  = $(CC) -std=c11 $(OPT) $(WARN) $(if $(SAN),$(SAN),$(HARDEN)) $(DEFS) $(PKGCF) \
           -Iinclude -Isrc -I$(BUILD)/gen $(CPPFLAGS) $(CFLAGS)
LINK     = $(CC) $(OPT) $(if $(SAN),$(SAN),$(LINKH)) $(CFLAGS) $(LDFLAGS)
BANNED  := -include include/base/banned.h
# The second make uses the cores there are, unless the first was told how many.
JOBS     = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))
say      = $(if $(V),,@echo '  $(1) $@';)

.DELETE_ON_ERROR:
.PHONY: all program demo demo-run check check-only tests bench bench-run soak soak-run fuzz hunt corpus install \
        format format-check layers shellcheck cppcheck lint deps deps-test clean

all: $(if $(READY),program,deps)
	$(if $(READY),,+@$(MAKE) $(JOBS) --no-print-directory program)
program: $(PROGRAM)

# What a build was made with and of is kept beside it: other flags compile anew, and a source or a
# migration that went away is missed, though every file left is old.
BUILT_IN := $(sort $(wildcard db/migrations/*.sql db/reports/*.sql forms/*.ini forms/messages/*.ini))
WITH     := $(strip $(COMPILE) | $(LINK) | $(LIBS))
OF       := $(strip $(OBJS) | $(BUILT_IN))
# $(call keep,FILE,TEXT): writes it only when it says something else.
keep = $(if $(and $(findstring x$(2)x,x$(file <$(1))x),$(findstring x$(file <$(1))x,x$(2)x)),,$(shell mkdir -p $(BUILD))$(file >$(1),$(2)))
ifneq ($(READY),)
ifeq ($(filter clean format format-check layers shellcheck cppcheck lint,$(MAKECMDGOALS)),)
$(call keep,$(BUILD)/made-with,$(WITH))
$(call keep,$(BUILD)/made-of,$(OF))
endif
endif
$(BUILD)/made-with $(BUILD)/made-of: ;

$(PROGRAM): $(BUILD)/obj/main.o $(LIB)
	$(call say,link)$(LINK) -o $@ $(BUILD)/obj/main.o $(LIB) $(LIBS)

# The archive is made anew, so that a source that went away leaves no ghost in it.
$(LIB): $(OBJS) $(BUILD)/made-of
	$(call say,ar  )rm -f $@ && ar rcs $@ $(OBJS)

$(BUILD)/obj/%.o: src/%.c $(BUILD)/made-with
	@mkdir -p $(@D)
	$(call say,cc  )$(COMPILE) $(if $(filter src/base/world.c,$<),,$(BANNED)) -MMD -MP -c -o $@ $<

# The schema, the reports and the wording of messages that come with the program are built in.
$(BUILD)/gen/built_in.c: $(BUILT_IN) packaging/embed.sh $(BUILD)/made-of
	@mkdir -p $(@D)
	$(call say,gen )sh packaging/embed.sh $(BUILT_IN) > $@
$(BUILD)/obj/built_in.o: $(BUILD)/gen/built_in.c $(BUILD)/made-with
	@mkdir -p $(@D)
	$(call say,cc  )$(COMPILE) -MMD -MP -c -o $@ $<

# Tests: each tests/unit/test_x.c and tests/screens/test_x.c is a program of its own, and so is each
# tests/bench/x.c; tests/support holds what they share.
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
SCREEN  := $(patsubst tests/screens/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/screens/test_*.c)))
SIM     := $(patsubst tests/sim/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/sim/test_*.c)))
SIM_O   := $(patsubst tests/%.c,$(BUILD)/tests/obj/%.o,$(filter-out tests/sim/test_% tests/sim/caught.c,$(sort $(wildcard tests/sim/*.c))))
# Each tests/sim/bugs/x.sed is a mistake in one source; the simulator linked with that finds it.  That
# is about the simulator's eyes, where a sanitizer has nothing to add.
PLANTED := $(if $(SAN),,$(sort $(wildcard tests/sim/bugs/*.sed)))
BUGS    := $(patsubst tests/sim/bugs/%.sed,$(BUILD)/tests/bug_%,$(PLANTED))
# Each tests/fuzz/fuzz_x.c is fed bytes: by libFuzzer under clang (make fuzz), and by a plain program.
FUZZ    := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
HUNT    := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_O  := $(patsubst tests/%.c,$(BUILD)/tests/obj/%.o,$(filter-out tests/fuzz/fuzz_% tests/fuzz/plain.c tests/fuzz/engine.c,$(sort $(wildcard tests/fuzz/*.c))))
BENCH   := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(sort $(wildcard tests/bench/*.c)))
SUPPORT := $(patsubst tests/%.c,$(BUILD)/tests/obj/%.o,$(sort $(wildcard tests/support/*.c)))
TEST_O  := $(patsubst tests/%.c,$(BUILD)/tests/obj/%.o,$(sort $(wildcard tests/*/*.c)))

$(BUILD)/tests/obj/%.o: tests/%.c $(BUILD)/made-with
	@mkdir -p $(@D)
	$(call say,cc  )$(COMPILE) -Itests/support -MMD -MP -c -o $@ $<

link_test = $(call say,link)$(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS) $(TEST_LIBS)
$(UNIT): $(BUILD)/tests/%: $(BUILD)/tests/obj/unit/%.o $(SUPPORT) $(LIB)
	$(link_test)
$(SCREEN): $(BUILD)/tests/%: $(BUILD)/tests/obj/screens/%.o $(SUPPORT) $(LIB)
	$(link_test)
$(SIM): $(BUILD)/tests/%: $(BUILD)/tests/obj/sim/%.o $(SIM_O) $(SUPPORT) $(LIB)
	$(link_test)
$(FUZZ): $(BUILD)/tests/%: $(BUILD)/tests/obj/fuzz/%.o $(BUILD)/tests/obj/fuzz/plain.o $(FUZZ_O) $(SIM_O) $(SUPPORT) $(LIB)
	$(link_test)
$(HUNT): $(BUILD)/fuzz/%: $(BUILD)/tests/obj/fuzz/fuzz_%.o $(BUILD)/tests/obj/fuzz/engine.o $(FUZZ_O) $(SIM_O) $(SUPPORT) $(LIB)
	@mkdir -p $(@D)
	$(call say,link)$(LINK) -fsanitize=fuzzer -o $@ $(filter %.o %.a,$^) $(LIBS) $(TEST_LIBS)
.SECONDEXPANSION:
$(BUILD)/gen/bug_%.c: tests/sim/bugs/%.sed $$(shell sed -n '1s/^. *//p' tests/sim/bugs/$$*.sed) tests/sim/plant.sh
	@mkdir -p $(@D)
	@sh tests/sim/plant.sh $< $@
$(BUILD)/obj/bug_%.o: $(BUILD)/gen/bug_%.c $(BUILD)/made-with
	$(call say,cc  )$(COMPILE) -w -MMD -MP -c -o $@ $<
$(BUGS): $(BUILD)/tests/bug_%: $(BUILD)/obj/bug_%.o $(BUILD)/tests/obj/sim/caught.o $(SIM_O) $(SUPPORT) $(LIB)
	$(link_test)
$(BENCH): $(BUILD)/bench/%: $(BUILD)/tests/obj/bench/%.o $(SUPPORT) $(LIB)
	@mkdir -p $(@D)
	$(link_test)

tests: $(PROGRAM) $(UNIT) $(SCREEN) $(SIM) $(BUGS) $(FUZZ) $(BENCH)

check: deps-test
	+@$(MAKE) $(JOBS) --no-print-directory check-only
check-only: tests
	@BUILD=$(BUILD) PLANTED="$(PLANTED)" SAN="$(SAN)" sh tests/run.sh

# The practice database is made once a day; the second `make demo` of a day opens it at once.
demo: deps
	+@$(MAKE) $(JOBS) --no-print-directory demo-run
demo-run: $(PROGRAM)
	@sh packaging/demo.sh $(PROGRAM) $(BUILD)/demo.db

# Every tests/bench/*.sh and tests/soak/*.sh runs by itself, finds the program as $OHDESK and the
# programs of tests/bench in $BUILD/bench.  The first that fails ends the run.
by_hand = @export BUILD=$(BUILD) OHDESK=$(abspath $(PROGRAM)); \
          for t in $(sort $(wildcard $(1))); do echo "== $$t"; sh "$$t" || exit 1; done
bench: deps-test
	@sh packaging/install-deps.sh bench
	+@$(MAKE) $(JOBS) --no-print-directory bench-run
bench-run: $(PROGRAM) $(BENCH)
	$(call by_hand,tests/bench/*.sh)
soak: deps-test
	+@$(MAKE) $(JOBS) --no-print-directory soak-run
soak-run: tests
	$(call by_hand,tests/soak/*.sh)

# Hunting needs clang's coverage in every object, so it is a build of its own.
SECS ?= 60
fuzz: deps-test
	@sh packaging/install-deps.sh ci
	+@$(MAKE) $(JOBS) --no-print-directory BUILD=$(BUILD)/hunt CC=clang \
		SAN="-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all" \
		OPT="-O1 -g1 -fno-omit-frame-pointer" hunt
	@BUILD=$(BUILD)/hunt SECS=$(SECS) sh tests/fuzz/run.sh
hunt: $(HUNT) $(FUZZ)
# What the targets make as seeds today becomes tests/fuzz/*/; inputs kept by hand stay.
corpus: $(FUZZ)
	@for t in $(FUZZ); do n=$${t##*fuzz_}; mkdir -p tests/fuzz/$$n && $$t --seeds tests/fuzz/$$n || exit 1; done

deps:
	@sh packaging/install-deps.sh build
deps-test:
	@sh packaging/install-deps.sh build test

# The units send messages and keep a node in step (each says as whom); nothing enables them.  Samples
# and pages go beside the licence: what stands in /etc is the machine's own.
UNITS := $(sort $(wildcard packaging/*.service packaging/*.timer))
PAGES := $(sort $(wildcard packaging/*.ini packaging/*.conf packaging/*.md)) LICENCE
$(BUILD)/ohdesk.1: $(PROGRAM)
	@$(PROGRAM) help --man >$@
install: $(PROGRAM) $(BUILD)/ohdesk.1
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/ohdesk
	install -D -m 644 $(BUILD)/ohdesk.1 $(DESTDIR)$(PREFIX)/share/man/man1/ohdesk.1
	install -d $(DESTDIR)$(PREFIX)/share/doc/ohdesk $(DESTDIR)$(PREFIX)/lib/systemd/system
	install -m 644 $(PAGES) $(DESTDIR)$(PREFIX)/share/doc/ohdesk
	install -m 644 $(UNITS) $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed -i 's|/usr/local/|$(PREFIX)/|' $(UNITS:packaging/%=$(DESTDIR)$(PREFIX)/lib/systemd/system/%) \
		$(DESTDIR)$(PREFIX)/share/doc/ohdesk/sshd_config.d-ohdesk.conf

C_FILES  := $(sort $(wildcard src/*.c src/*/*.[ch] include/*/*.h tests/*/*.[ch]))
SH_FILES := .ci/run $(sort $(wildcard packaging/*.sh tests/*.sh tests/*/*.sh))
format:
	@clang-format -i $(C_FILES)
format-check:
	@clang-format --dry-run -Werror $(C_FILES)
layers:
	@sh tests/layers.sh
shellcheck:
	@shellcheck -S warning $(SH_FILES)
# cppcheck cannot read a cast to __typeof__ and would give up on the file.
cppcheck:
	@mkdir -p $(BUILD)/cppcheck
	@cppcheck -q -j2 --std=c11 --enable=warning,performance,portability --inline-suppr \
		--error-exitcode=1 --cppcheck-build-dir=$(BUILD)/cppcheck \
		-D'__typeof__(x)=void*' -Iinclude -Isrc src
lint: layers format-check shellcheck cppcheck

clean:
	rm -rf $(BUILD)

-include $(OBJS:.o=.d) $(BUILD)/obj/main.d $(TEST_O:.o=.d) $(BUGS:$(BUILD)/tests/%=$(BUILD)/obj/%.d)
