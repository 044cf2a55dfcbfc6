import java.nio.file.Files;
import java.nio.file.Path;
import javax.swing.JFrame;
import javax.swing.JTextArea;

/** An editor of Java's own toolkit with the text of a file. Run as `java SwingEditor.java note.txt`. */
public class SwingEditor {
  public static void main(String[] arguments) throws Exception {
    JFrame frame = new JFrame("note.txt");
    frame.add(new JTextArea(Files.readString(Path.of(arguments[0])).strip()));
    frame.setSize(600, 300);
    frame.setDefaultCloseOperation(JFrame.EXIT_ON_CLOSE);
    frame.setVisible(true);
  }
}
