namespace Fairlead.Conformance;

/// <summary>The server does not have what a rule is about, which is no failure.</summary>
public sealed class NotServedException(string reason) : Exception(reason);
