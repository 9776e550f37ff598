namespace Fairlead.Conformance.Models;

/// <summary>Four values of one datatype [2,2], as JSON and as bytes; smallest and largest among them.</summary>
/// <param name="Json">Null for a datatype that JSON does not carry.</param>
/// <param name="Hex">Little-endian.</param>
public sealed record TypeSample(string Datatype, string? Json, string Hex)
{
    public byte[] Bytes => Convert.FromHexString(Hex);

    public string Model => ModelSet.Identity(Datatype);

    public static readonly TypeSample Bool = new("BOOL", "[true,false,false,true]", "01000001");
    public static readonly TypeSample UInt8 = new("UINT8", "[0,1,128,255]", "000180FF");
    public static readonly TypeSample UInt16 = new("UINT16", "[0,1,256,65535]", "000001000001FFFF");
    public static readonly TypeSample UInt32 = new("UINT32", "[0,1,65536,4294967295]", "000000000100000000000100FFFFFFFF");
    public static readonly TypeSample UInt64 = new("UINT64", "[0,1,9007199254740993,18446744073709551615]", "000000000000000001000000000000000100000000002000FFFFFFFFFFFFFFFF");
    public static readonly TypeSample Int8 = new("INT8", "[-128,-1,0,127]", "80FF007F");
    public static readonly TypeSample Int16 = new("INT16", "[-32768,-1,0,32767]", "0080FFFF0000FF7F");
    public static readonly TypeSample Int32 = new("INT32", "[-2147483648,-1,0,2147483647]", "00000080FFFFFFFF00000000FFFFFF7F");
    public static readonly TypeSample Int64 = new("INT64", "[-9223372036854775808,-1,9007199254740993,9223372036854775807]", "0000000000000080FFFFFFFFFFFFFFFF0100000000002000FFFFFFFFFFFFFF7F");
    public static readonly TypeSample Fp32 = new("FP32", "[0,-1.5,0.25,16777216]", "000000000000C0BF0000803E0000804B");
    public static readonly TypeSample Fp64 = new("FP64", "[0,-1.5,0.1,1e300]", "0000000000000000000000000000F8BF9A9999999999B93F9C7500883CE4377E");
    public static readonly TypeSample Fp16 = new("FP16", null, "0000003E00B4FF7B");
    public static readonly TypeSample Bf16 = new("BF16", null, "0000C03F80BF7F7F");

    /// <summary>Texts of different lengths: empty, ASCII, beyond ASCII, with what JSON must escape.</summary>
    public static readonly TypeSample Texts = new("BYTES", """["","a","\u00fc\u20ac\ud83d\ude00","q\"\\\n"]""", "000000000100000061" + "09000000C3BCE282ACF09F9880" + "0400000071225C0A");
}
