namespace Fairlead.Steps.Scheduling;

/// <summary>What a step takes of the machine while it runs, and how much it hurries.</summary>
/// <param name="Cpu">Processors; more than there are counts as all of them.</param>
/// <param name="Memory">Bytes; more than there are counts as all of them.</param>
/// <param name="Height">Steps that wait for it in a row: more goes first.</param>
/// <param name="Position">In the graph: of equal heights, less goes first.</param>
internal readonly record struct SlotRequest(double Cpu, long Memory, int Height, int Position);
