namespace Fairlead.Conformance;

/// <summary>Names of extensions, as servers list them in their metadata.</summary>
public static class Extensions
{
    public const string BinaryData = "binary_tensor_data";
    public const string Classification = "classification";
    public const string Statistics = "statistics";
    public const string Repository = "model_repository";
    public const string Configuration = "model_configuration";
    public const string Parameters = "parameters";
}
