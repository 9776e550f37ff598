
namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>A blob that is not what its digest says, or not there although a record needs it.</summary>
/// <param name="IsMissing">Needed and not there; else its bytes do not match.</param>
/// <param name="UsedBy">The records that need it, in words such as <c>output model.onnx of train-3</c>, what matters most first; of more than a hundred, <c>12 more</c> at the end.</param>
/// <param name="Cure">What a repair did about it; null when none was asked for.</param>
public sealed record StoreDamage(Digest Digest, bool IsMissing, IReadOnlyList<string> UsedBy, string? Cure);
