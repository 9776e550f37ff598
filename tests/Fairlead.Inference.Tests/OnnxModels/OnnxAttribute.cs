namespace Fairlead.Inference.Tests.OnnxModels;

/// <summary>Attributes of a node.</summary>
public static class OnnxAttribute
{
    public static ProtoWriter Integer(string name, long value) => new ProtoWriter().Text(1, name).Integer(3, value).Integer(20, 2);

    public static ProtoWriter Single(string name, float value) => new ProtoWriter().Text(1, name).Single(2, value).Integer(20, 1);

    public static ProtoWriter Text(string name, string value) => new ProtoWriter().Text(1, name).Text(4, value).Integer(20, 3);

    public static ProtoWriter Singles(string name, params float[] values)
    {
        var attribute = new ProtoWriter().Text(1, name);
        foreach (var value in values)
            attribute.Single(7, value);
        return attribute.Integer(20, 6);
    }

    public static ProtoWriter Integers(string name, params long[] values)
    {
        var attribute = new ProtoWriter().Text(1, name);
        foreach (var value in values)
            attribute.Integer(8, value);
        return attribute.Integer(20, 7);
    }

    public static ProtoWriter Texts(string name, params string[] values)
    {
        var attribute = new ProtoWriter().Text(1, name);
        foreach (var value in values)
            attribute.Text(9, value);
        return attribute.Integer(20, 8);
    }
}
