# ohdesk.  Two commands do everything on a fresh Debian 12:
#   make demo    installs what is missing, builds, makes a practice database, opens the screens
#   make check   installs what the tests need and passes them
# The rest: all, bench, soak, format, lint, install, clean.  Sources are found by wildcard: no list
# here grows with the program.  BUILD=dir keeps several builds side by side (clang, sanitizers).

BUILD   ?= build
CC      ?= cc
VERSION := 0.1.0

LAYERS  := base model store clinic cli tui
SRCS    := $(sort $(foreach l,$(LAYERS),$(wildcard src/$(l)/*.c)))
OBJS    := $(SRCS:src/%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/built_in.o
LIB     := $(BUILD)/libohdesk.a
PROGRAM := $(BUILD)/ohdesk

PKGS    := ncursesw sqlite3 uuid libsodium libutf8proc
# iniparser has no pkg-config file in Debian 12.
LIBS    := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -liniparser
PKGCF   := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)

# Under a sanitizer gcc warns of what cannot be; the plain builds hold the warnings.
WARN     = -Wall -Wextra -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
           -Wwrite-strings -Wundef -Wformat=2 -Wimplicit-fallthrough $(if $(SAN),,-Werror)
HARDEN  := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
LINKH   := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
# SQLite hides its session interface unless the includer says it wants it; Debian's library has it.
DEFS    := -D_GNU_SOURCE -D_XOPEN_SOURCE_EXTENDED=1 -DSQLITE_ENABLE_SESSION \
           -DSQLITE_ENABLE_PREUPDATE_HOOK -DOHDESK_VERSION='"$(VERSION)"'
OPT     ?= -O2 -g
SAN     ?=
CFLAGS  += -std=c11 $(OPT) $(WARN) $(if $(SAN),,$(HARDEN)) $(SAN) $(DEFS) $(PKGCF) -Iinclude -Isrc -I$(BUILD)/gen
LDFLAGS += $(if $(SAN),,$(LINKH)) $(SAN)
BANNED  := -include include/base/banned.h

.DELETE_ON_ERROR:
.PHONY: all demo check check-only bench soak format format-check shellcheck cppcheck lint layers deps deps-test install clean tests

all: $(PROGRAM)

$(PROGRAM): $(BUILD)/obj/main.o $(LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

# The archive is made anew, so that a source that went away leaves no ghost in it.
$(LIB): $(OBJS)
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(if $(filter src/base/world.c,$<),,$(BANNED)) -MMD -MP -c -o $@ $<

# The schema, the reports and the forms that come with the program are built in.
BUILT_IN := $(sort $(wildcard db/migrations/*.sql db/reports/*.sql))
$(BUILD)/gen/built_in.c: $(BUILT_IN) packaging/embed.sh
	@mkdir -p $(@D)
	sh packaging/embed.sh $(BUILT_IN) > $@
$(BUILD)/obj/built_in.o: $(BUILD)/gen/built_in.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

# Tests: each tests/unit/test_x.c is a program of its own; tests/support holds what they share.
TEST_PKGS := check vterm
TEST_LIBS := $(shell pkg-config --libs $(TEST_PKGS) 2>/dev/null)
UNIT      := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
SCREEN    := $(patsubst tests/screens/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/screens/test_*.c)))
SUPPORT   := $(patsubst tests/support/%.c,$(BUILD)/tests/obj/%.o,$(sort $(wildcard tests/support/*.c)))

$(BUILD)/tests/obj/%.o: tests/support/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itests/support -MMD -MP -c -o $@ $<
$(BUILD)/tests/test_%: tests/unit/test_%.c $(SUPPORT) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itests/support -MMD -MP $(LDFLAGS) -o $@ $< $(SUPPORT) $(LIB) $(LIBS) $(TEST_LIBS)
$(BUILD)/tests/test_%: tests/screens/test_%.c $(SUPPORT) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itests/support -MMD -MP $(LDFLAGS) -o $@ $< $(SUPPORT) $(LIB) $(LIBS) $(TEST_LIBS)

tests: $(PROGRAM) $(UNIT) $(SCREEN)

# make finds the libraries when it starts, so what was just installed needs a second make.
check: deps-test
	+@$(MAKE) --no-print-directory check-only
check-only: tests
	BUILD=$(BUILD) sh tests/run.sh

deps:
	@sh packaging/install-deps.sh build
deps-test:
	@sh packaging/install-deps.sh build test

format:
	@clang-format -i $(SRCS) src/main.c $(wildcard include/*/*.h src/*/*.h tests/*/*.[ch])
format-check:
	@clang-format --dry-run -Werror $(SRCS) src/main.c $(wildcard include/*/*.h src/*/*.h tests/*/*.[ch])
layers:
	sh tests/layers.sh
shellcheck:
	shellcheck .ci/run $(wildcard packaging/*.sh tests/*.sh tests/*/*.sh)
# cppcheck cannot read a cast to __typeof__ and would give up on the file.
cppcheck:
	@mkdir -p $(BUILD)/cppcheck
	cppcheck -q -j2 --std=c11 --enable=warning,performance,portability --inline-suppr \
		--error-exitcode=1 --cppcheck-build-dir=$(BUILD)/cppcheck \
		-D'__typeof__(x)=void*' -Iinclude -Isrc src

clean:
	rm -rf $(BUILD)

-include $(OBJS:.o=.d) $(BUILD)/obj/main.d $(UNIT:=.d) $(SCREEN:=.d) $(SUPPORT:.o=.d)
