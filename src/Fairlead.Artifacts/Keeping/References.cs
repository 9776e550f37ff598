namespace Fairlead.Artifacts.Keeping;

/// <summary>Everything that records name.</summary>
/// <param name="Kept">By records whose artifacts are kept.</param>
/// <param name="LetGo">By runs and dataset versions that the rules let go.</param>
/// <param name="Runs">How many runs those are.</param>
/// <param name="Names">Names in the index that stood for them.</param>
internal sealed record References(IReadOnlyList<Reference> Kept, IReadOnlyList<Reference> LetGo, int Runs, IReadOnlySet<string> Names);
