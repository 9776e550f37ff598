namespace Fairlead.Predictions.Compaction;

/// <summary>Where the elements of one tensor lie in a record's block, and how far they have been written.</summary>
internal struct TensorCursor
{
    /// <summary>Offset of the first element in the block, or -1 when the tensor is absent or does not fit its column.</summary>
    public int Start;

    /// <summary>Offset of the next element.</summary>
    public int Next;

    /// <summary>Elements that belong to one row.</summary>
    public int PerRow;

    /// <summary>Every row has the whole tensor.</summary>
    public bool IsShared;
}
