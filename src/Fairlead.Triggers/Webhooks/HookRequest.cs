namespace Fairlead.Triggers.Webhooks;

/// <summary>A webhook as it came.</summary>
/// <param name="Header">Gives a header by name, empty for none.</param>
public sealed record HookRequest(Func<string, string> Header, ReadOnlyMemory<byte> Body);
