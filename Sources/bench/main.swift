import Glibc

exit(await ReactionBench.start(CommandLine.arguments.dropFirst()))
