namespace Fairlead.ProjectFile.Yaml;

/// <param name="IsPlain">Written without quotes and without a tag, so that the core schema may see a number, a boolean or null in it.</param>
internal sealed record YamlScalar(Place Place, string Value, bool IsPlain) : YamlNode(Place)
{
    public override long Weight => 1;

    public override string Kind => Type switch
    {
        ScalarType.Null => "nothing",
        ScalarType.Boolean => "a boolean",
        ScalarType.Integer or ScalarType.Float or ScalarType.NotFinite => "a number",
        _ => "text",
    };

    public ScalarType Type => IsPlain ? CoreSchema.TypeOf(Value) : ScalarType.Text;

    public bool IsNull => Type == ScalarType.Null;
}
