namespace Fairlead.Triggers.Registries;

/// <summary>What a tag stood for.</summary>
/// <param name="Digest">Null while there was no such tag.</param>
/// <param name="Changes">How often it changed, so that going back is a change too.</param>
internal sealed record RegistryCursor(string? Digest, int Changes);
