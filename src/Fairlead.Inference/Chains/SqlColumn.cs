using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>A column that a transform gives.</summary>
internal sealed record SqlColumn(string Name, DuckDbType Type)
{
    public bool IsList => Type.Kind is DuckDbTypeKind.List or DuckDbTypeKind.Array;

    public DuckDbType Element => IsList ? Type.Element! : Type;

    /// <summary>Elements of each value when the type says so, else -1; 1 for a column of scalars.</summary>
    public long Width => Type.Kind switch
    {
        DuckDbTypeKind.Array => Type.Size,
        DuckDbTypeKind.List => -1,
        _ => 1,
    };
}
