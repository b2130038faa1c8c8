import Glibc

exit(SimulateCommand.start(CommandLine.arguments.dropFirst()))
