namespace Fairlead.Triggers.Git;

/// <summary>What a webhook told of a commit, for people to see.</summary>
/// <param name="By">Who pushed; null when it did not say.</param>
/// <param name="Link">An absolute URL; null when it did not say.</param>
internal sealed record PushNote(string? By, string? Link);
