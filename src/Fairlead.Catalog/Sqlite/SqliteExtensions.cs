using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

internal static class SqliteExtensions
{
    /// <summary>Runs a named statement; returns how many rows it changed.</summary>
    public static int Run(this SqliteConnection connection, string statement, object parameters) =>
        connection.Execute(Statements.Get(statement), parameters);

    /// <summary>Runs a named statement that gives one number.</summary>
    public static int Number(this SqliteConnection connection, string statement, object? parameters = null) =>
        connection.ExecuteScalar<int>(Statements.Get(statement), parameters);

    /// <summary>The name of an enum's value as the documents spell it.</summary>
    public static string CamelCase<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
