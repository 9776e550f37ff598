namespace Fairlead.Contracts.Payloads;

/// <summary>How a field's bytes are laid out; the lowest three bits of its tag.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    GroupStart = 3,
    GroupEnd = 4,
    Fixed32 = 5,
}
