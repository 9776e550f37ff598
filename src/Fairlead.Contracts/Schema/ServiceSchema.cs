namespace Fairlead.Contracts.Schema;

/// <summary>One service of a contract.</summary>
internal sealed record ServiceSchema(string FullName, IReadOnlyList<MethodSchema> Methods);
