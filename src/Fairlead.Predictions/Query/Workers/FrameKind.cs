namespace Fairlead.Predictions.Query.Workers;

/// <summary>What a frame between the control plane and a worker says. Both are the same build, so that the numbers may change.</summary>
internal enum FrameKind : byte
{
    /// <summary>To the worker: an operation, to be answered by <see cref="Done"/>, <see cref="Columns"/> or <see cref="Failure"/>.</summary>
    Request,

    /// <summary>To the worker: the operation under way shall end; it is answered all the same.</summary>
    Cancel,

    /// <summary>From the worker, once: it is ready.</summary>
    Hello,

    /// <summary>The end of an operation, with its values.</summary>
    Done,

    /// <summary>The columns of a result.</summary>
    Columns,

    /// <summary>Some rows of it.</summary>
    Rows,

    /// <summary>The operation failed.</summary>
    Failure,
}
