namespace Fairlead.Serving.Limits;

/// <summary>The host has no room for a request at the moment: 429, or RESOURCE_EXHAUSTED.</summary>
internal sealed class OverloadedException(string message) : Exception(message);
