using System.Text.Json.Serialization;

namespace Fairlead.Catalog.Sqlite;

[JsonSerializable(typeof(List<string>))]
internal sealed partial class KeysJson : JsonSerializerContext;
