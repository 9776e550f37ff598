using System.Runtime.InteropServices;

namespace Fairlead.Inference.Tests.OnnxModels;

/// <summary>Builds an ONNX file by hand. Dimensions are whole numbers or symbols.</summary>
public sealed class OnnxModelBuilder
{
    private const int IrVersion = 8;
    private const int Opset = 17;
    private const int MlOpset = 2;
    private const int SequenceOf = 4;
    private const int MapOf = 5;
    private readonly ProtoWriter graph = new ProtoWriter().Text(2, "test");

    public OnnxModelBuilder Input(string name, OnnxType type, params object[] dimensions)
    {
        graph.Message(11, ValueInfo(name, Tensor(type, dimensions)));
        return this;
    }

    public OnnxModelBuilder Output(string name, OnnxType type, params object[] dimensions)
    {
        graph.Message(12, ValueInfo(name, Tensor(type, dimensions)));
        return this;
    }

    /// <summary>An output that is a list of maps to float, as classifiers from scikit-learn have.</summary>
    public OnnxModelBuilder MapsOutput(string name, OnnxType key = OnnxType.String)
    {
        graph.Message(12, ValueInfo(name, Sequence(Map(key))));
        return this;
    }

    /// <summary>An output that is a list of tensors.</summary>
    public OnnxModelBuilder TensorsOutput(string name, OnnxType type, params object[] dimensions)
    {
        graph.Message(12, ValueInfo(name, Sequence(Tensor(type, dimensions))));
        return this;
    }

    /// <summary>An input that is a map from string to float.</summary>
    public OnnxModelBuilder MapInput(string name)
    {
        graph.Message(11, ValueInfo(name, Map(OnnxType.String)));
        return this;
    }

    public OnnxModelBuilder Constant(string name, float[] values, params long[] dimensions)
    {
        var tensor = new ProtoWriter();
        foreach (var dimension in dimensions)
            tensor.Integer(1, dimension);
        tensor.Integer(2, (int)OnnxType.Float).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values.AsSpan()));
        graph.Message(5, tensor);
        return this;
    }

    public OnnxModelBuilder Constant(string name, long[] values)
    {
        var tensor = new ProtoWriter().Integer(1, values.Length).Integer(2, (int)OnnxType.Int64).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values.AsSpan()));
        graph.Message(5, tensor);
        return this;
    }

    public OnnxModelBuilder Node(string operation, string[] inputs, string[] outputs, string domain = "", params ProtoWriter[] attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        foreach (var output in outputs)
            node.Text(2, output);
        node.Text(4, operation);
        foreach (var attribute in attributes)
            node.Message(5, attribute);
        graph.Message(1, node.Text(7, domain));
        return this;
    }

    public byte[] Build() => new ProtoWriter()
        .Integer(1, IrVersion)
        .Message(7, graph)
        .Message(8, new ProtoWriter().Text(1, "").Integer(2, Opset))
        .Message(8, new ProtoWriter().Text(1, "ai.onnx.ml").Integer(2, MlOpset))
        .ToArray();

    private static ProtoWriter ValueInfo(string name, ProtoWriter type) => new ProtoWriter().Text(1, name).Message(2, type);

    private static ProtoWriter Map(OnnxType key) =>
        new ProtoWriter().Message(MapOf, new ProtoWriter().Integer(1, (int)key).Message(2, Tensor(OnnxType.Float, [])));

    private static ProtoWriter Sequence(ProtoWriter item) => new ProtoWriter().Message(SequenceOf, new ProtoWriter().Message(1, item));

    private static ProtoWriter Tensor(OnnxType type, object[] dimensions)
    {
        var shape = new ProtoWriter();
        foreach (var dimension in dimensions)
            shape.Message(1, dimension is string symbol ? new ProtoWriter().Text(2, symbol) : new ProtoWriter().Integer(1, Convert.ToInt64(dimension)));
        return new ProtoWriter().Message(1, new ProtoWriter().Integer(1, (int)type).Message(2, shape));
    }
}
