namespace Fairlead.Load.Sending;

/// <summary>One request as its transport sends it, made before the run.</summary>
/// <param name="Bytes">Over REST the whole request with its head, over gRPC the message.</param>
/// <param name="Unit">For whom the prediction is made, where the transport sends it apart from the bytes.</param>
internal sealed record LoadRequest(ReadOnlyMemory<byte> Bytes, string? Unit);
