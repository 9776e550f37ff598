using Fairlead.Domain.Models;

namespace Fairlead.Inference.Chains;

/// <summary>A transform's column, cast to the type in which a later stage wants it.</summary>
/// <param name="Slot">Where the tensor goes.</param>
internal sealed record Emission(SqlColumn Column, TensorType Type, int Slot)
{
    public bool IsFloat => Type is TensorType.Float16 or TensorType.BFloat16 or TensorType.Float32 or TensorType.Float64;
}
