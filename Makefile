# Each target does all of its own set-up; see scripts/.
.PHONY: all demo test install check bless clean help

PREFIX ?= $(CURDIR)/build/prefix
export PREFIX

all: install

## demo     build and install the library, then let a C++ program read handwritten digits
demo:
	@scripts/demo.sh

## test     run every test there is
test:
	@scripts/test.sh

## install  build the library and the command line, install into PREFIX (default: build/prefix)
install:
	@scripts/build.sh

## check    what a change must pass: format, lints, documentation, tests
check:
	@.ci/run

## bless    rewrite expected results, after looking at why they differ
bless:
	@BLESS=1 scripts/test.sh

## clean    remove everything that was built
clean:
	rm -rf build target

help:
	@sed -n 's/^## //p' Makefile
