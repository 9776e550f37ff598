namespace Fairlead.Load.Measuring;

/// <summary>One kind of failure.</summary>
/// <param name="Status">An HTTP status (<c>503</c>), a gRPC status (<c>UNAVAILABLE</c>), <c>connection</c> or <c>timeout</c>.</param>
/// <param name="Message">What the first of them said.</param>
public sealed record LoadError(string Status, long Count, string Message);
