/// Here the stand-in will be.
enum Room {}
