namespace Fairlead.Predictions.Query.Workers;

/// <summary>What a worker can be asked for.</summary>
internal enum WorkerOperation : byte
{
    /// <summary>Begin a session of its own views and tables; the number is the memory in bytes.</summary>
    Begin,

    /// <summary>End it.</summary>
    End,

    /// <summary>Check a user's statement; answered by what it reads.</summary>
    Check,

    /// <summary>The statement's text as it can stand in another.</summary>
    Plain,

    /// <summary>Bind a statement to what it reads.</summary>
    Prepare,

    /// <summary>Make the views that the text says, of which the session has no others, and begin a transaction that reads.</summary>
    Views,

    /// <summary>Run one or several statements to their end.</summary>
    Execute,

    /// <summary>Run one statement; answered by columns and rows.</summary>
    Query,
}
