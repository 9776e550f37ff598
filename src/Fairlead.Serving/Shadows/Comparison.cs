namespace Fairlead.Serving.Shadows;

/// <summary>What comes of comparing two answers.</summary>
/// <param name="Largest">The largest absolute difference between two floats; infinite where one of them is no number or the tensors cannot be laid side by side, null when there are no floats.</param>
internal readonly record struct Comparison(bool Agrees, double? Largest);
