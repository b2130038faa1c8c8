import Glibc

exit(await CrashTest.start(Array(CommandLine.arguments.dropFirst())))
