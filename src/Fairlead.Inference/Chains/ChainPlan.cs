using Fairlead.Domain.Models;

namespace Fairlead.Inference.Chains;

/// <summary>How a chain is executed: tensors in numbered slots, of which the first are the inputs, and stages that read and write them.</summary>
/// <param name="Slots">How many there are.</param>
/// <param name="Outputs">Slots of the answer, in the signature's order.</param>
internal sealed record ChainPlan(Signature Signature, int Slots, IReadOnlyList<PlannedStage> Stages, IReadOnlyList<int> Outputs);
