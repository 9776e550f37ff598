namespace Trainer.Onnx;

/// <summary>
/// Writes an ONNX model whose tensors are columns: shape [rows, 1]. Field numbers are those of
/// <see href="https://github.com/onnx/onnx/blob/main/onnx/onnx-ml.proto">onnx-ml.proto</see>.
/// </summary>
internal sealed class GraphWriter(string name)
{
    private const int IrVersion = 8;
    private const int OpsetVersion = 17;
    private const int MlOpsetVersion = 3;
    private const string MlDomain = "ai.onnx.ml";

    private readonly List<byte[]> nodes = [];
    private readonly List<byte[]> constants = [];
    private readonly List<byte[]> inputs = [];
    private readonly List<byte[]> outputs = [];

    private enum AttributeType
    {
        Float = 1,
        Floats = 6,
        Ints = 7,
        Strings = 8,
    }

    public void AddInput(string input, ElementType type) => inputs.Add(Column(input, type));

    public void AddOutput(string output, ElementType type) => outputs.Add(Column(output, type));

    public void AddConstant(string constant, float value) => constants.Add(Message(tensor =>
    {
        tensor.Write(1, 1L);
        tensor.Write(2, (long)ElementType.Float);
        tensor.Write(8, constant);
        tensor.Write(9, BitConverter.GetBytes(value));
    }));

    public void AddNode(string operation, IReadOnlyList<string> from, string to) => AddNode(operation, "", from, to, _ => { });

    public void AddLookup(string from, string to, IEnumerable<(long Key, float Value)> entries) => AddLookup(from, to, entries,
        "keys_int64s", AttributeType.Ints, (attribute, key) => attribute.Write(8, key));

    public void AddLookup(string from, string to, IEnumerable<(string Key, float Value)> entries) => AddLookup(from, to, entries,
        "keys_strings", AttributeType.Strings, (attribute, key) => attribute.Write(9, key));

    public byte[] ToModel(string producer, string description) => Message(model =>
    {
        model.Write(1, (long)IrVersion);
        model.Write(2, producer);
        model.Write(6, description);
        model.Write(7, graph =>
        {
            nodes.ForEach(node => graph.Write(1, node));
            graph.Write(2, name);
            constants.ForEach(constant => graph.Write(5, constant));
            inputs.ForEach(input => graph.Write(11, input));
            outputs.ForEach(output => graph.Write(12, output));
        });
        model.Write(8, opset => opset.Write(2, (long)OpsetVersion));
        model.Write(8, opset =>
        {
            opset.Write(1, MlDomain);
            opset.Write(2, (long)MlOpsetVersion);
        });
    });

    private void AddLookup<TKey>(string from, string to, IEnumerable<(TKey Key, float Value)> entries,
        string keysName, AttributeType keysType, Action<ProtobufWriter, TKey> writeKey)
    {
        var pairs = entries.ToList();
        AddNode("LabelEncoder", MlDomain, [from], to, node =>
        {
            node.Write(5, attribute =>
            {
                attribute.Write(1, keysName);
                pairs.ForEach(pair => writeKey(attribute, pair.Key));
                attribute.Write(20, (long)keysType);
            });
            node.Write(5, attribute =>
            {
                attribute.Write(1, "values_floats");
                pairs.ForEach(pair => attribute.Write(7, pair.Value));
                attribute.Write(20, (long)AttributeType.Floats);
            });
            node.Write(5, attribute =>
            {
                attribute.Write(1, "default_float");
                attribute.Write(2, 0f);
                attribute.Write(20, (long)AttributeType.Float);
            });
        });
    }

    private void AddNode(string operation, string domain, IReadOnlyList<string> from, string to, Action<ProtobufWriter> attributes) =>
        nodes.Add(Message(node =>
        {
            foreach (var input in from)
                node.Write(1, input);
            node.Write(2, to);
            node.Write(3, to);
            node.Write(4, operation);
            attributes(node);
            if (domain.Length > 0)
                node.Write(7, domain);
        }));

    /// <summary>A <c>ValueInfoProto</c> of shape [rows, 1].</summary>
    private static byte[] Column(string column, ElementType type) => Message(value =>
    {
        value.Write(1, column);
        value.Write(2, valueType => valueType.Write(1, tensor =>
        {
            tensor.Write(1, (long)type);
            tensor.Write(2, shape =>
            {
                shape.Write(1, rows => rows.Write(2, "rows"));
                shape.Write(1, width => width.Write(1, 1L));
            });
        }));
    });

    private static byte[] Message(Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        write(message);
        return message.ToArray();
    }
}
