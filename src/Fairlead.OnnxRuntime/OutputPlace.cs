namespace Fairlead.OnnxRuntime;

/// <summary>Where a tensor of the answer comes from.</summary>
/// <param name="Native">Index of the engine's output.</param>
/// <param name="Part">Index of the tensor among those that the output is read as.</param>
internal readonly record struct OutputPlace(int Native, int Part);
