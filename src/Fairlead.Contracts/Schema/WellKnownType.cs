namespace Fairlead.Contracts.Schema;

/// <summary>Messages whose JSON is not that of their fields.</summary>
internal enum WellKnownType
{
    None,
    Timestamp,
    Duration,
    FieldMask,
    Struct,
    Value,
    ListValue,
    Any,
    Empty,

    /// <summary>A message around one scalar: <c>Int32Value</c> and its siblings.</summary>
    Wrapper,
}
