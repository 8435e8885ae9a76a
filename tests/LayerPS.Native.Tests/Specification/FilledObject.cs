using System.Reflection;

namespace LayerPS.Tests.Specification;

/// <summary>Makes an object of a model in which every property has a value of its own, none of them the default.</summary>
internal static class FilledObject
{
    /// <param name="type">The model.</param>
    /// <param name="leftOut">The properties that keep their default, <c>Type.Property</c>.</param>
    internal static object Make(Type type, params string[] leftOut)
    {
        int count = 0;
        return Make(type, leftOut, ref count);
    }

    private static object Make(Type type, string[] leftOut, ref int count)
    {
        count++;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return $"text {count}";
        if (type == typeof(bool)) return true;
        if (type.IsPrimitive) return Convert.ChangeType(count, type, System.Globalization.CultureInfo.InvariantCulture);
        if (!type.IsGenericType) return Fill(Activator.CreateInstance(type, nonPublic: true)!, leftOut, ref count);
        Type[] parts = type.GetGenericArguments();
        if (parts.Length == 2) return new Dictionary<string, string> { [$"key {count}"] = "value" };
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(parts))!;
        list.Add(Make(parts[0], leftOut, ref count));
        list.Add(Make(parts[0], leftOut, ref count));
        return list;
    }

    private static object Fill(object made, string[] leftOut, ref int count)
    {
        foreach (PropertyInfo property in made.GetType().GetProperties())
        {
            if (!property.CanWrite || leftOut.Contains($"{made.GetType().Name}.{property.Name}")) continue;
            property.SetValue(made, Make(property.PropertyType, leftOut, ref count));
        }

        return made;
    }
}
