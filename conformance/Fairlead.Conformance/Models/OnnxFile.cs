namespace Fairlead.Conformance.Models;

/// <summary>Builds an ONNX file; field numbers are those of onnx.proto. A dimension of -1 is open.</summary>
internal sealed class OnnxFile
{
    private const int IrVersion = 8;
    private const int Opset = 17;
    private const int IntegerAttribute = 2;
    private readonly ProtoWriter graph = new ProtoWriter().Text(2, "conformance");

    public OnnxFile Input(string name, ElementType type, params int[] shape)
    {
        graph.Message(11, Value(name, type, shape));
        return this;
    }

    public OnnxFile Output(string name, ElementType type, params int[] shape)
    {
        graph.Message(12, Value(name, type, shape));
        return this;
    }

    public OnnxFile Node(string operation, string[] inputs, string output)
    {
        graph.Message(1, NodeOf(operation, inputs, output));
        return this;
    }

    public OnnxFile Cast(string input, string output, ElementType to)
    {
        var attribute = new ProtoWriter().Text(1, "to").Integer(3, (int)to).Integer(20, IntegerAttribute);
        graph.Message(1, NodeOf("Cast", [input], output).Message(5, attribute));
        return this;
    }

    public byte[] ToBytes() => new ProtoWriter()
        .Integer(1, IrVersion)
        .Message(7, graph)
        .Message(8, new ProtoWriter().Text(1, "").Integer(2, Opset))
        .ToArray();

    private static ProtoWriter NodeOf(string operation, string[] inputs, string output)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        return node.Text(2, output).Text(4, operation);
    }

    private static ProtoWriter Value(string name, ElementType type, int[] shape)
    {
        var dimensions = new ProtoWriter();
        for (var i = 0; i < shape.Length; i++)
        {
            // Equal symbols mean equal sizes: the first dimension of all tensors is the batch.
            dimensions.Message(1, shape[i] < 0 ? new ProtoWriter().Text(2, i == 0 ? "batch" : $"dimension{i}") : new ProtoWriter().Integer(1, shape[i]));
        }

        var tensor = new ProtoWriter().Integer(1, (int)type).Message(2, dimensions);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }
}
