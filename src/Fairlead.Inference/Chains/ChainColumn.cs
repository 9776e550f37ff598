using Fairlead.Domain.Models;

namespace Fairlead.Inference.Chains;

/// <summary>A tensor that a stage may use.</summary>
/// <param name="Source">The stage that gives it, null for the chain's inputs.</param>
/// <param name="Spec">For a transform's column the tensor that it becomes by itself, null when its SQL type has none.</param>
/// <param name="Slot">Where it lies; -1 for a transform's column, which is cast to what each later stage wants.</param>
/// <param name="Sql">A transform's column.</param>
internal sealed record ChainColumn(string Name, PlannedStage? Source, TensorSpec? Spec, int Slot, SqlColumn? Sql);
