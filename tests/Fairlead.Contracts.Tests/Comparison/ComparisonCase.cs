namespace Fairlead.Contracts.Tests.Comparison;

/// <summary>Two contracts and what breaks from one to the other, and back: <c>Rule:Level@where</c>, with a space between changes.</summary>
internal sealed record ComparisonCase(string Name, string Released, string Candidate, string Forward, string Backward)
{
    private const string Proto2 = "syntax = \"proto2\"; package p; service S { rpc Do(M) returns (M); } ";
    private const string Edition = "edition = \"2023\"; package p; service S { rpc Do(M) returns (M); } ";
    private const string Methods = "syntax = \"proto3\"; package p; message M {} message N {} ";

    public static IReadOnlyList<ComparisonCase> All { get; } =
    [
        // Services and methods.
        new("service", Methods + "service S { rpc Do(M) returns (M); } service T { rpc Do(M) returns (M); }", Methods + "service S { rpc Do(M) returns (M); }", "ServiceRemoved:Wire@p.T", ""),
        new("method", Methods + "service S { rpc Do(M) returns (M); rpc Go(M) returns (M); }", Methods + "service S { rpc Do(M) returns (M); }", "MethodRemoved:Wire@p.S.Go", ""),
        new("request", Methods + "service S { rpc Do(M) returns (M); }", Methods + "service S { rpc Do(N) returns (M); }", "MethodRequestChanged:Wire@p.S.Do", "MethodRequestChanged:Wire@p.S.Do"),
        new("response", Methods + "service S { rpc Do(M) returns (M); }", Methods + "service S { rpc Do(M) returns (N); }", "MethodResponseChanged:Wire@p.S.Do", "MethodResponseChanged:Wire@p.S.Do"),
        new("client stream", Methods + "service S { rpc Do(M) returns (M); }", Methods + "service S { rpc Do(stream M) returns (M); }", "MethodStreamingChanged:Wire@p.S.Do", "MethodStreamingChanged:Wire@p.S.Do"),
        new("server stream", Methods + "service S { rpc Do(M) returns (M); }", Methods + "service S { rpc Do(M) returns (stream M); }", "MethodStreamingChanged:Wire@p.S.Do", "MethodStreamingChanged:Wire@p.S.Do"),
        new("idempotency", Methods + "service S { rpc Do(M) returns (M) { option idempotency_level = NO_SIDE_EFFECTS; } }", Methods + "service S { rpc Do(M) returns (M) { option idempotency_level = IDEMPOTENT; } }", "MethodIdempotencyWeakened:Wire@p.S.Do", ""),
        new("package", "message M {}", "syntax = \"proto3\"; package q; message M {} service S { rpc Do(M) returns (M); }", "PackageRenamed:Wire@p", "PackageRenamed:Wire@q"),
        new("no package", "message M { N n = 1; } message N {}", "syntax = \"proto3\"; message M { N n = 1; } message N {} service S { rpc Do(M) returns (M); }", "PackageRenamed:Wire@p", "PackageRenamed:Wire@"),

        // Types.
        new("message", "message M {} message N { message O {} enum E { A = 0; } }", "message M {}", "MessageRemoved:Source@p.N", ""),
        new("nested message", "message M { message O { int32 x = 1; } }", "message M {}", "MessageRemoved:Source@p.M.O", ""),
        new("enum", "message M {} enum E { A = 0; }", "message M {}", "EnumRemoved:Source@p.E", ""),

        // Fields.
        new("field", "message M { int32 x = 1; }", "message M {}", "FieldRemoved:Wire@p.M.x", ""),
        new("field, both reserved", "message M { int32 x = 1; }", "message M { reserved 1; reserved \"x\"; }", "", "ReservedRemoved:Wire@p.M ReservedRemoved:Json@p.M"),
        new("field, number reserved", "message M { int32 x = 1; }", "message M { reserved 1; }", "FieldRemoved:Json@p.M.x", "ReservedRemoved:Wire@p.M"),
        new("field, name reserved", "message M { int32 x = 1; }", "message M { reserved \"x\"; }", "FieldRemoved:Wire@p.M.x", "ReservedRemoved:Json@p.M"),
        new("renumbered", "message M { int32 x = 1; }", "message M { int32 x = 2; }", "FieldRenumbered:Wire@p.M.x", "FieldRenumbered:Wire@p.M.x"),
        new("swapped", "message M { int32 x = 1; int32 y = 2; }", "message M { int32 x = 2; int32 y = 1; }", "FieldRenumbered:Wire@p.M.x FieldRenumbered:Wire@p.M.y", "FieldRenumbered:Wire@p.M.x FieldRenumbered:Wire@p.M.y"),
        new("taken over", "message M { int32 x = 1; int32 y = 2; }", "message M { int32 y = 1; }", "FieldRemoved:Wire@p.M.x FieldRenumbered:Wire@p.M.y", "FieldRenumbered:Wire@p.M.y"),
        new("renamed", "message M { int32 x = 1; }", "message M { int32 y = 1; }", "FieldRenamed:Json@p.M.x", "FieldRenamed:Json@p.M.y"),
        new("renamed, not in JSON", "message M { int32 x = 1; }", "message M { int32 y = 1 [json_name = \"x\"]; }", "FieldRenamed:Source@p.M.x", "FieldRenamed:Source@p.M.y"),
        new("renamed and retyped", "message M { int32 x = 1; }", "message M { string y = 1; }", "FieldRenamed:Json@p.M.x FieldRetyped:Wire@p.M.x", "FieldRenamed:Json@p.M.y FieldRetyped:Wire@p.M.y"),
        new("JSON name", "message M { int32 x = 1; }", "message M { int32 x = 1 [json_name = \"X\"]; }", "FieldJsonNameChanged:Json@p.M.x", "FieldJsonNameChanged:Json@p.M.x"),
        new("cardinality", "message M { int32 x = 1; }", "message M { repeated int32 x = 1; }", "FieldCardinalityChanged:Wire@p.M.x", "FieldCardinalityChanged:Wire@p.M.x"),
        new("presence", "message M { optional int32 x = 1; }", "message M { int32 x = 1; }", "FieldPresenceLost:Json@p.M.x", ""),
        new("packed", "message M { repeated int32 x = 1; }", "message M { repeated int32 x = 1 [packed = false]; }", "", ""),

        // Types of fields, by what they share.
        new("varints", "message M { int32 x = 1; }", "message M { int64 x = 1; }", "FieldRetyped:Json@p.M.x", "FieldRetyped:Json@p.M.x"),
        new("sign", "message M { int32 x = 1; }", "message M { uint32 x = 1; }", "FieldRetyped:Source@p.M.x", "FieldRetyped:Source@p.M.x"),
        new("bool", "message M { bool x = 1; }", "message M { uint64 x = 1; }", "FieldRetyped:Json@p.M.x", "FieldRetyped:Json@p.M.x"),
        new("enum and number", "message M { E x = 1; } enum E { A = 0; }", "message M { int32 x = 1; } enum E { A = 0; }", "FieldRetyped:Json@p.M.x", "FieldRetyped:Json@p.M.x"),
        new("enum and enum", "message M { E x = 1; } enum E { A = 0; } enum F { B = 0; }", "message M { F x = 1; } enum E { A = 0; } enum F { B = 0; }", "FieldRetyped:Json@p.M.x", "FieldRetyped:Json@p.M.x"),
        new("zigzag", "message M { int32 x = 1; }", "message M { sint32 x = 1; }", "FieldRetyped:Wire@p.M.x", "FieldRetyped:Wire@p.M.x"),
        new("zigzags", "message M { sint32 x = 1; }", "message M { sint64 x = 1; }", "FieldRetyped:Json@p.M.x", "FieldRetyped:Json@p.M.x"),
        new("fixed", "message M { fixed32 x = 1; }", "message M { sfixed32 x = 1; }", "FieldRetyped:Source@p.M.x", "FieldRetyped:Source@p.M.x"),
        new("fixed sizes", "message M { fixed32 x = 1; }", "message M { fixed64 x = 1; }", "FieldRetyped:Wire@p.M.x", "FieldRetyped:Wire@p.M.x"),
        new("float and double", "message M { float x = 1; }", "message M { double x = 1; }", "FieldRetyped:Wire@p.M.x", "FieldRetyped:Wire@p.M.x"),
        new("text and bytes", "message M { string x = 1; }", "message M { bytes x = 1; }", "FieldRetyped:Json@p.M.x", "FieldRetyped:Json@p.M.x"),
        new("message and bytes", "message M { M x = 1; }", "message M { bytes x = 1; }", "FieldRetyped:Wire@p.M.x", "FieldRetyped:Wire@p.M.x"),
        new("messages", "message M { N x = 1; } message N {} message O {}", "message M { O x = 1; } message N {} message O {}", "FieldRetyped:Wire@p.M.x", "FieldRetyped:Wire@p.M.x"),
        new("map's value", "message M { map<int32, int32> x = 1; }", "message M { map<int32, int64> x = 1; }", "FieldRetyped:Json@p.M.x", "FieldRetyped:Json@p.M.x"),
        new("map's key", "message M { map<int32, int32> x = 1; }", "message M { map<string, int32> x = 1; }", "FieldRetyped:Wire@p.M.x", "FieldRetyped:Wire@p.M.x"),
        new("map and entries", "message M { map<int32, int32> x = 1; } message N { int32 key = 1; int32 value = 2; }", "message M { repeated N x = 1; } message N { int32 key = 1; int32 value = 2; }", "FieldRetyped:Json@p.M.x", "FieldRetyped:Json@p.M.x"),
        new("map and numbers", "message M { map<int32, int32> x = 1; }", "message M { repeated int32 x = 1; }", "FieldRetyped:Wire@p.M.x", "FieldRetyped:Wire@p.M.x"),

        // Oneofs.
        new("into a oneof", "message M { int32 x = 1; int32 y = 2; }", "message M { oneof o { int32 x = 1; int32 y = 2; } }", "FieldOneofChanged:Wire@p.M.x FieldOneofChanged:Wire@p.M.y", "FieldPresenceLost:Json@p.M.x FieldOneofChanged:Wire@p.M.x FieldPresenceLost:Json@p.M.y FieldOneofChanged:Wire@p.M.y"),
        new("alone into a oneof", "message M { optional int32 x = 1; }", "message M { oneof o { int32 x = 1; int32 y = 2; } }", "FieldOneofChanged:Source@p.M.x", "FieldOneofChanged:Wire@p.M.x FieldRemoved:Wire@p.M.y"),
        new("to another oneof", "message M { oneof o { int32 x = 1; int32 y = 2; } oneof q { int32 z = 3; } }", "message M { oneof o { int32 x = 1; } oneof q { int32 y = 2; int32 z = 3; } }", "FieldOneofChanged:Wire@p.M.y", "FieldOneofChanged:Wire@p.M.y"),
        new("oneof's name", "message M { oneof o { int32 x = 1; int32 y = 2; } }", "message M { oneof q { int32 x = 1; int32 y = 2; } }", "OneofRenamed:Source@p.M.o", "OneofRenamed:Source@p.M.q"),
        new("more in a oneof", "message M { oneof o { int32 x = 1; } }", "message M { oneof o { int32 x = 1; int32 y = 2; } }", "", "FieldRemoved:Wire@p.M.y"),

        // Enums.
        new("value", "message M { E e = 1; } enum E { A = 0; B = 1; }", "message M { E e = 1; } enum E { A = 0; }", "EnumValueRemoved:Wire@p.E.B", ""),
        new("value, both reserved", "message M { E e = 1; } enum E { A = 0; B = 1; }", "message M { E e = 1; } enum E { A = 0; reserved 1; reserved \"B\"; }", "", "ReservedRemoved:Wire@p.E ReservedRemoved:Json@p.E"),
        new("value's number", "message M { E e = 1; } enum E { A = 0; B = 1; }", "message M { E e = 1; } enum E { A = 0; B = 2; }", "EnumValueRenumbered:Wire@p.E.B", "EnumValueRenumbered:Wire@p.E.B"),
        new("value's name", "message M { E e = 1; } enum E { A = 0; B = 1; }", "message M { E e = 1; } enum E { A = 0; C = 1; }", "EnumValueRenamed:Json@p.E.B", "EnumValueRenamed:Json@p.E.C"),
        new("first value's name", "message M { E e = 1; } enum E { A = 0; }", "message M { E e = 1; } enum E { Z = 0; }", "EnumValueRenamed:Json@p.E.A", "EnumValueRenamed:Json@p.E.Z"),
        new("alias", "message M { E e = 1; } enum E { option allow_alias = true; A = 0; B = 0; }", "message M { E e = 1; } enum E { A = 0; }", "EnumValueRemoved:Json@p.E.B", ""),
        new("reserved range", "message M { reserved 5 to 9, 20; }", "message M { reserved 5 to 6, 8 to max; }", "ReservedRemoved:Wire@p.M", "ReservedRemoved:Wire@p.M ReservedRemoved:Wire@p.M"),

        // proto2 and editions.
        new("required field", Proto2 + "message M { required int32 x = 1; }", Proto2 + "message M { reserved 1; reserved \"x\"; }", "FieldRemoved:Wire@p.M.x", "RequiredFieldAdded:Wire@p.M.x ReservedRemoved:Wire@p.M ReservedRemoved:Json@p.M"),
        new("required", Proto2 + "message M { required int32 x = 1; }", Proto2 + "message M { optional int32 x = 1; }", "FieldRequiredChanged:Wire@p.M.x", "FieldRequiredChanged:Wire@p.M.x"),
        new("default", Proto2 + "message M { optional int32 x = 1; }", Proto2 + "message M { optional int32 x = 1 [default = 5]; }", "FieldDefaultChanged:Wire@p.M.x", "FieldDefaultChanged:Wire@p.M.x"),
        new("same default", Proto2 + "message M { optional int32 x = 1; }", Proto2 + "message M { optional int32 x = 1 [default = 0]; }", "", ""),
        new("enum's default", Proto2 + "message M { optional E x = 1; } enum E { A = 1; B = 2; }", Proto2 + "message M { optional E x = 1; } enum E { B = 2; A = 1; }", "FieldDefaultChanged:Wire@p.M.x", "FieldDefaultChanged:Wire@p.M.x"),
        new("extension range", Proto2 + "message M { extensions 100 to 199; }", Proto2 + "message M { extensions 100 to 149; }", "ExtensionRangeRemoved:Wire@p.M", ""),
        new("extension", Proto2 + "message M { extensions 100 to 199; } extend M { optional int32 more = 100; }", Proto2 + "message M { extensions 100 to 199; }", "FieldRemoved:Wire@p.M.[p.more]", ""),
        new("group and message", Proto2 + "message M { optional group X = 1 { optional int32 y = 1; } }", Proto2 + "message M { optional X x = 1; message X { optional int32 y = 1; } }", "FieldRetyped:Wire@p.M.x", "FieldRetyped:Wire@p.M.x"),
        new("openness", Proto2 + "message M { optional E e = 1; } enum E { A = 0; }", "message M { optional E e = 1; } enum E { A = 0; }", "EnumOpennessChanged:Source@p.E", "EnumOpennessChanged:Source@p.E"),
        new("edition for proto3", "message M { int32 x = 1; optional int32 y = 2; E e = 3; } enum E { A = 0; }", Edition + "option features.field_presence = IMPLICIT; message M { int32 x = 1; int32 y = 2 [features.field_presence = EXPLICIT]; E e = 3; } enum E { A = 0; }", "", ""),
        new("edition for proto2", Proto2 + "message M { required int32 x = 1; optional int32 y = 2; optional E e = 3; } enum E { A = 0; }", Edition + "message M { int32 x = 1 [features.field_presence = LEGACY_REQUIRED]; int32 y = 2; E e = 3; } enum E { option features.enum_type = CLOSED; A = 0; }", "", ""),
        new("edition's group", Edition + "message M { X x = 1; message X { int32 y = 1; } }", Edition + "message M { X x = 1 [features.message_encoding = DELIMITED]; message X { int32 y = 1; } }", "FieldRetyped:Wire@p.M.x", "FieldRetyped:Wire@p.M.x"),

        // Additions.
        new("additions", "message M { E e = 1; reserved 9; } enum E { A = 0; }", "import \"google/protobuf/any.proto\"; message M { E e = 1; N n = 2; google.protobuf.Any any = 3; reserved 9, 10; } enum E { A = 0; B = 1; } message N {} service T { rpc Do(N) returns (M); }", "", "ServiceRemoved:Wire@p.T FieldRemoved:Wire@p.M.n FieldRemoved:Wire@p.M.any ReservedRemoved:Wire@p.M MessageRemoved:Source@p.N EnumValueRemoved:Wire@p.E.B"),
        new("comments", "message M { int32 x = 1; }", "// One.\nmessage M {\n  // Two.\n  int32 x = 1 [deprecated = true];\n}", "", ""),
    ];

    public override string ToString() => Name;
}
