import Simulation

/// The simulation's dice; the heart has dice of the same name.
typealias Dice = Simulation.Dice
