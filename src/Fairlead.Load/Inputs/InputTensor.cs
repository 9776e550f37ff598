using Fairlead.Domain.Models;

namespace Fairlead.Load.Inputs;

/// <summary>One input of one request.</summary>
/// <param name="Shape">Without variable dimensions.</param>
/// <param name="Elements">In row-major order: bool, long, ulong, double or string, as fits the type.</param>
internal sealed record InputTensor(string Name, TensorType Type, IReadOnlyList<long> Shape, IReadOnlyList<object> Elements);
