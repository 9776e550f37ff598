namespace Fairlead.Predictions.Query.Workers;

/// <summary>What a value between the control plane and a worker is; its bytes follow.</summary>
internal enum ValueTag : byte
{
    Null,
    False,
    True,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Int128,
    UInt128,
    Single,
    Double,
    Decimal,
    Text,
    Bytes,
    Guid,
    Date,
    Time,
    DateTime,
    Instant,
    Interval,
    List,
    Struct,
    Map,
}
