import Glibc

exit(await BenchCommand.start(Array(CommandLine.arguments.dropFirst())))
