namespace Fairlead.Inference.Tensors;

/// <summary>How a client wants one output.</summary>
/// <param name="IsChosen">False in <c>default</c>: it was not asked for.</param>
/// <param name="IsBinary">Null when the client left it to the request's default.</param>
/// <param name="Classes">How many of the highest classes are wanted in place of the tensor; 0 for the tensor itself.</param>
internal readonly record struct RequestedOutput(bool IsChosen, bool? IsBinary, int Classes);
