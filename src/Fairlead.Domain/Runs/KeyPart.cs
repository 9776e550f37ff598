namespace Fairlead.Domain.Runs;

/// <summary>One part of a step's key, such as <c>command</c>, <c>code:trainer/</c>, <c>input:train</c>, <c>param:l2</c>, <c>env:TZ</c>, <c>tool:python3</c>, <c>platform</c>, <c>sandbox</c>.</summary>
/// <param name="Name">Unique within a key; parts are sorted by it (ordinal).</param>
/// <param name="Value">Canonical text: a digest, a JSON scalar, or a version line.</param>
public sealed record KeyPart(string Name, string Value);
