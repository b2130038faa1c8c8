import Glibc

exit(await Program.start())
