using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Label = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Label;
using Type = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Tests.Payloads;

/// <summary>A contract of random messages: every type, labels, maps, oneofs, groups, numbers up to the largest, and messages that hold one another; with random messages of it.</summary>
internal sealed class RandomContract
{
    public const string Method = "/r.S/Do";
    private static readonly Type[] Scalars = [.. Enum.GetValues<Type>().Except([Type.Group, Type.Message, Type.Enum])];
    private static readonly Type[] Keys = [.. Scalars.Except([Type.Double, Type.Float, Type.Bytes])];
    private readonly Random random;
    private readonly List<DescriptorProto> messages = [];
    private readonly bool isProto2;

    public RandomContract(Random random)
    {
        this.random = random;
        isProto2 = random.Next(3) == 0;
        var count = random.Next(1, 5);
        for (var index = 0; index < count; index++)
            messages.Add(new DescriptorProto { Name = $"M{index}" });
        foreach (var message in messages)
            Declare(message);
    }

    public byte[] Descriptors
    {
        get
        {
            var file = new FileDescriptorProto { Name = "r.proto", Package = "r", Syntax = isProto2 ? "proto2" : "proto3" };
            file.MessageType.AddRange(messages);
            file.EnumType.Add(new EnumDescriptorProto { Name = "E", Value = { Value("ZERO", 0), Value("ONE", 1), Value("ALIAS", 1), Value("LOW", int.MinValue), Value("HIGH", int.MaxValue) } });
            file.Service.Add(new ServiceDescriptorProto { Name = "S", Method = { new MethodDescriptorProto { Name = "Do", InputType = ".r.M0", OutputType = ".r.M0" } } });
            return new FileDescriptorSet { File = { file } }.ToByteArray();
        }
    }

    public byte[] NextMessage() => Message(messages[0], depth: 0);

    private static EnumValueDescriptorProto Value(string name, int number) => new() { Name = name, Number = number };

    private void Declare(DescriptorProto message)
    {
        var numbers = new HashSet<int>();
        if (random.Next(2) == 0)
            message.OneofDecl.Add(new OneofDescriptorProto { Name = "choice" });
        for (var index = random.Next(1, 9); index > 0; index--)
        {
            var number = random.Next(4) switch { 0 => random.Next(1, 536_870_912), 1 => random.Next(1, 3000), _ => random.Next(1, 16) };
            if (number is >= 19_000 and < 20_000 || !numbers.Add(number))
                continue;
            var field = new FieldDescriptorProto { Name = $"field_{number}", JsonName = $"field{number}", Number = number, Label = random.Next(3) == 0 ? Label.Repeated : Label.Optional };
            SetType(field);
            if (random.Next(6) == 0)
                MakeMap(message, field);
            else if (message.OneofDecl.Count > 0 && field.Label == Label.Optional && random.Next(2) == 0)
                field.OneofIndex = 0;
            message.Field.Add(field);
        }
    }

    private void SetType(FieldDescriptorProto field)
    {
        field.Type = random.Next(5) switch { 0 => Type.Message, 1 => isProto2 ? Type.Group : Type.Enum, 2 => Type.Enum, _ => Scalars[random.Next(Scalars.Length)] };
        if (field.Type == Type.Enum)
            field.TypeName = ".r.E";
        else if (field.Type is Type.Message or Type.Group)
            field.TypeName = $".r.{messages[random.Next(messages.Count)].Name}";
    }

    private void MakeMap(DescriptorProto message, FieldDescriptorProto field)
    {
        var key = new FieldDescriptorProto { Name = "key", JsonName = "key", Number = 1, Label = Label.Optional, Type = Keys[random.Next(Keys.Length)] };
        var value = new FieldDescriptorProto { Name = "value", JsonName = "value", Number = 2, Label = Label.Optional };
        do
            SetType(value);
        while (value.Type == Type.Group);
        var entry = new DescriptorProto { Name = $"Field{field.Number}Entry", Options = new MessageOptions { MapEntry = true }, Field = { key, value } };
        message.NestedType.Add(entry);
        field.Label = Label.Repeated;
        field.Type = Type.Message;
        field.TypeName = $".r.{message.Name}.{entry.Name}";
    }

    private byte[] Message(DescriptorProto message, int depth)
    {
        using var bytes = new MemoryStream();
        var output = new CodedOutputStream(bytes);
        foreach (var field in message.Field)
        {
            if (random.Next(3) == 0 || (depth > 4 && field.Type is Type.Message or Type.Group))
                continue;
            var count = field.Label == Label.Repeated ? random.Next(4) : 1;
            if (count > 0 && field.Label == Label.Repeated && IsPackable(field.Type) && random.Next(2) == 0)
                WritePacked(output, field, count);
            else
            {
                for (; count > 0; count--)
                    Write(output, field, depth);
            }
        }

        output.Flush();
        return bytes.ToArray();
    }

    private static bool IsPackable(Type type) => type is not (Type.String or Type.Bytes or Type.Message or Type.Group);

    private void WritePacked(CodedOutputStream output, FieldDescriptorProto field, int count)
    {
        using var values = new MemoryStream();
        var packed = new CodedOutputStream(values);
        for (; count > 0; count--)
            WriteScalar(packed, field.Type);
        packed.Flush();
        output.WriteTag(field.Number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(values.ToArray()));
    }

    private void Write(CodedOutputStream output, FieldDescriptorProto field, int depth)
    {
        output.WriteTag(field.Number, WireTypeOf(field.Type));
        if (field.Type == Type.Group)
        {
            foreach (var piece in Message(Find(field), depth + 1))
                output.WriteRawTag(piece);
            output.WriteTag(field.Number, WireFormat.WireType.EndGroup);
        }
        else if (field.Type == Type.Message)
        {
            output.WriteBytes(ByteString.CopyFrom(Message(Find(field), depth + 1)));
        }
        else
        {
            WriteScalar(output, field.Type);
        }
    }

    private DescriptorProto Find(FieldDescriptorProto field)
    {
        var names = field.TypeName.Split('.')[2..];
        var message = messages.Single(message => message.Name == names[0]);
        return names.Length == 1 ? message : message.NestedType.Single(nested => nested.Name == names[1]);
    }

    private static WireFormat.WireType WireTypeOf(Type type) => type switch
    {
        Type.Double or Type.Fixed64 or Type.Sfixed64 => WireFormat.WireType.Fixed64,
        Type.Float or Type.Fixed32 or Type.Sfixed32 => WireFormat.WireType.Fixed32,
        Type.String or Type.Bytes or Type.Message => WireFormat.WireType.LengthDelimited,
        Type.Group => WireFormat.WireType.StartGroup,
        _ => WireFormat.WireType.Varint,
    };

    private void WriteScalar(CodedOutputStream output, Type type)
    {
        var bits = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
        switch (type)
        {
            case Type.Double or Type.Fixed64 or Type.Sfixed64:
                output.WriteFixed64(random.Next(8) == 0 ? BitConverter.DoubleToUInt64Bits(double.NaN) : bits);
                break;
            case Type.Float or Type.Fixed32 or Type.Sfixed32:
                output.WriteFixed32(random.Next(8) == 0 ? BitConverter.SingleToUInt32Bits(float.NegativeInfinity) : (uint)bits);
                break;
            case Type.String:
                output.WriteString(new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => "aÜ\"\\\0\u2028€"[random.Next(7)])]));
                break;
            case Type.Bytes:
                output.WriteBytes(ByteString.CopyFrom(Encoding.Latin1.GetBytes($"{bits}")));
                break;
            case Type.Bool:
                output.WriteBool(random.Next(2) == 0);
                break;
            case Type.Int32 or Type.Enum:
                output.WriteInt32(random.Next(3) switch { 0 => (int)bits, 1 => random.Next(2), _ => random.Next(2) == 0 ? int.MinValue : int.MaxValue });
                break;
            case Type.Uint32 or Type.Sint32:
                output.WriteUInt32((uint)bits);
                break;
            default:
                output.WriteUInt64(bits);
                break;
        }
    }
}
