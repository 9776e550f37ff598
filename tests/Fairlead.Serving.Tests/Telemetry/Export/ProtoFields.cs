using System.Text;
using Google.Protobuf;

namespace Fairlead.Serving.Tests.Telemetry.Export;

/// <summary>The fields of a protobuf message by their numbers, without its description.</summary>
internal sealed class ProtoFields
{
    private readonly List<(int Number, object Value)> fields = [];

    public ProtoFields(byte[] message)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            object value = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => (ulong)input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"wire type {other}"),
            };
            fields.Add((WireFormat.GetTagFieldNumber(tag), value));
        }
    }

    public IEnumerable<ProtoFields> All(int number) => Values(number).Select(value => new ProtoFields((byte[])value));

    /// <summary>What is behind a path of fields, each of which may be repeated.</summary>
    public IEnumerable<ProtoFields> Within(params int[] path) => path.Aggregate(new[] { this }.AsEnumerable(), (level, number) => level.SelectMany(message => message.All(number)));

    public bool Has(int number) => Values(number).Any();

    public byte[] Bytes(int number) => Values(number).Select(value => (byte[])value).FirstOrDefault() ?? [];

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number));

    public ulong Number(int number) => Values(number).Select(value => (ulong)value).FirstOrDefault();

    /// <summary>The attributes of a span, a data point or a resource.</summary>
    public Dictionary<string, string> Attributes(int number) => All(number).ToDictionary(pair => pair.Text(1), pair => ValueOf(pair.All(2).Single()), StringComparer.Ordinal);

    private static string ValueOf(ProtoFields value) => value.Has(1) ? value.Text(1) : value.Number(3).ToString();

    private IEnumerable<object> Values(int number) => fields.Where(field => field.Number == number).Select(field => field.Value);
}
