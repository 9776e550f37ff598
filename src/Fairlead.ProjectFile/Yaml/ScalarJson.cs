using System.Text.Json.Serialization;

namespace Fairlead.ProjectFile.Yaml;

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
internal sealed partial class ScalarJson : JsonSerializerContext;
