namespace Fairlead.Contracts.Schema;

/// <param name="Index">Position among the oneofs of its message.</param>
internal sealed record OneofSchema(string Name, int Index);
